/** The whole client on one page: the doors for people who come, and the frame for who is in. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Redirect, Route, Switch } from "wouter";
import { queryClient } from "../api";
import type { ClientApp } from "../app";
import { addCommands } from "../commands";
import { Toasts } from "../ui/Toast";
import { Boundary } from "./Boundary";
import { tableOf } from "./commands";
import { Frame } from "./Frame";
import { Gate } from "./Gate";

const SignIn = lazy(() => import("../entry/SignIn"));
const Setup = lazy(() => import("../entry/Setup"));
const Enter = lazy(() => import("../entry/Enter"));
const Join = lazy(() => import("../entry/Join"));
const NoOrg = lazy(() => import("../entry/NoOrg"));

function Inside({ apps }: { apps: readonly ClientApp[] }) {
  useEffect(() => {
    addCommands(tableOf(apps));
  }, [apps]);
  return (
    <Gate none={<NoOrg />}>
      <Switch>
        <Route path="/">{apps[0] && <Redirect to={apps[0].path} replace />}</Route>
        <Route>
          <Frame apps={apps} />
        </Route>
      </Switch>
    </Gate>
  );
}

export function Shell({ apps }: { apps: readonly ClientApp[] }) {
  return (
    <QueryClientProvider client={queryClient}>
      <CSPProvider disableStyleElements>
        <Boundary>
          <Suspense>
            <Switch>
              <Route path="/sign-in" component={SignIn} />
              <Route path="/setup" component={Setup} />
              <Route path="/enter" component={Enter} />
              <Route path="/join" component={Join} />
              <Route>
                <Inside apps={apps} />
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
        <Toasts />
      </CSPProvider>
    </QueryClientProvider>
  );
}
