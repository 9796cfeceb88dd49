/** The list of robots, or one of them. */
import { useRoute } from "wouter";
import { useOrg } from "../../core/session";
import { NotFound } from "../../core/shell/NotFound";
import { Robots } from "./list";
import { RobotPage } from "./robot-page";

export default function Page() {
  const org = useOrg();
  const [here, params] = useRoute("/bots/:robot?");
  if (!here) return <NotFound />;
  return params.robot ? (
    <RobotPage key={params.robot} id={params.robot} />
  ) : (
    <Robots key={org.id} />
  );
}
