/** The chat page: a room, or what mentions me, my threads, or a search over every room. */
import { lazy } from "react";
import { Route, Switch } from "wouter";
import { Questions } from "./dialogs/questions";
import { StartPage } from "./room/start-page";

const RoomPage = lazy(async () => ({ default: (await import("./room/room-page")).RoomPage }));
const Mentions = lazy(() => import("./finds/mentions"));
const Threads = lazy(() => import("./finds/threads"));
const Search = lazy(() => import("./finds/search"));

export default function ChatPage() {
  return (
    <>
      <Switch>
        <Route path="/chat" component={StartPage} />
        <Route path="/chat/mentions" component={Mentions} />
        <Route path="/chat/threads" component={Threads} />
        <Route path="/chat/search" component={Search} />
        <Route path="/chat/:room/:seq?">
          {({ room, seq }) => <RoomPage key={room} room={room} target={seq ? Number(seq) : null} />}
        </Route>
      </Switch>
      <Questions />
    </>
  );
}
