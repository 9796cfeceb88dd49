/** The frame of the client: rail, sidebar, page and panel around whichever app is on screen. */
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { queryClient } from "../api";
import type { ClientApp } from "../app";

export function Shell({ apps }: { apps: readonly ClientApp[] }) {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <Switch>
          {apps.map((app) => (
            <Route key={app.name} path={`${app.path}/*?`} component={app.page} />
          ))}
          <Route path="/">{apps[0] && <Redirect to={apps[0].path} replace />}</Route>
        </Switch>
      </Suspense>
    </QueryClientProvider>
  );
}
