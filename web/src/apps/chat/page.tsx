/** The chat page: a room, or what mentions me, my threads, or a search over every room. */
import { Route, Switch } from "wouter";
import { late } from "../../core/fetched";
import { Questions } from "./dialogs/questions";
import { StartPage } from "./room/start-page";

const RoomPage = late(async () => ({ default: (await import("./room/room-page")).RoomPage }));
const Mentions = late(() => import("./finds/mentions"));
const Threads = late(() => import("./finds/threads"));
const Search = late(() => import("./finds/search"));

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
