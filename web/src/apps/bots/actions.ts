/** What is asked of the server about robots; each action keeps the list on screen true. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, queryClient, type Page, type Robot, type RobotMade } from "../../core/api";
import { useOrg } from "../../core/session";
import type { RobotChange } from "./rules";

const robotsKey = (org: string) => ["org", org, "robots"];
export const callsKey = (robot: string) => ["robot", robot, "calls"];
/** What a change leaves as it is. */
const SAME = { name: null, enabled: null, keywords: null, addresses: null, per_minute: null };
const at = (robot: string) => ({ params: { path: { robot } } });

/** The robots of the rooms that I run. */
export function useRobots() {
  const org = useOrg().id;
  return useQuery({
    queryKey: robotsKey(org),
    queryFn: () => answer(api.GET("/api/orgs/{org}/robots", { params: { path: { org } } })),
  });
}

function keep(robot: Robot): void {
  queryClient.setQueryData<Page<Robot>>(
    robotsKey(robot.org),
    (page) =>
      page && { ...page, items: page.items.map((one) => (one.id === robot.id ? robot : one)) },
  );
}

export async function makeRobot(room: string, name: string): Promise<RobotMade> {
  const made = await answer(
    api.POST("/api/rooms/{room}/robots", { params: { path: { room } }, body: { name } }),
  );
  await queryClient.invalidateQueries({ queryKey: robotsKey(made.robot.org) });
  return made;
}

export async function changeRobot(robot: string, body: RobotChange): Promise<void> {
  const call = api.PATCH("/api/robots/{robot}", { ...at(robot), body: { ...SAME, ...body } });
  keep(await answer(call));
}

export async function rotate(robot: string): Promise<RobotMade> {
  const made = await answer(api.POST("/api/robots/{robot}/rotate", at(robot)));
  keep(made.robot);
  return made;
}

/** The secret by which programs sign from now on; null when they need not sign. */
export async function setSigning(robot: Robot, on: boolean): Promise<string | null> {
  const { secret } = await answer(
    api.POST("/api/robots/{robot}/sign", { ...at(robot.id), body: { on } }),
  );
  keep({ ...robot, signed: on });
  return secret;
}

export async function tryOut(robot: Robot): Promise<void> {
  await answer(api.POST("/api/robots/{robot}/test", at(robot.id)));
  await queryClient.invalidateQueries({ queryKey: robotsKey(robot.org) });
  await queryClient.invalidateQueries({ queryKey: callsKey(robot.id) });
}

/** The list is asked for again without waiting, so that the robot's own page can be left first. */
export async function removeRobot(robot: Robot): Promise<void> {
  await answer(api.DELETE("/api/robots/{robot}", at(robot.id)));
  void queryClient.invalidateQueries({ queryKey: robotsKey(robot.org) });
}
