/** What is asked of the server about robots; each action keeps the list on screen true. */
import { useQuery } from "@tanstack/react-query";
import {
  answer,
  api,
  queryClient,
  type AskingMade,
  type Command,
  type Hook,
  type Page,
  type Robot,
  type RobotMade,
} from "../../core/api";
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

/** A plain robot says a line; one that calls others calls them. */
export async function tryOut(robot: Robot): Promise<void> {
  const plain = robot.kind === "plain";
  await answer(
    plain
      ? api.POST("/api/robots/{robot}/test", at(robot.id))
      : api.POST("/api/robots/{robot}/try", at(robot.id)),
  );
  await queryClient.invalidateQueries({ queryKey: robotsKey(robot.org) });
  await queryClient.invalidateQueries({ queryKey: callsKey(robot.id) });
}

/** The list is asked for again without waiting, so that the robot's own page can be left first. */
export async function removeRobot(robot: Robot): Promise<void> {
  await answer(api.DELETE("/api/robots/{robot}", at(robot.id)));
  void queryClient.invalidateQueries({ queryKey: robotsKey(robot.org) });
}

const waysKey = (robot: string) => ["robot", robot, "ways"];

/** What a robot calls. */
export function useWays(robot: string) {
  return useQuery({
    queryKey: waysKey(robot),
    queryFn: () => answer(api.GET("/api/robots/{robot}/ways", at(robot))),
  });
}

async function listed(call: Promise<{ data?: AskingMade }>): Promise<AskingMade> {
  const made = await answer(call);
  await queryClient.invalidateQueries({ queryKey: robotsKey(made.robot.org) });
  return made;
}

export const makeHook = (room: string, name: string, hook: Hook) =>
  listed(
    api.POST("/api/rooms/{room}/hooks", { params: { path: { room } }, body: { name, ...hook } }),
  );

/** Its robot is called like the command. */
export const makeCommand = (room: string, { name, ...rest }: Command) =>
  listed(
    api.POST("/api/rooms/{room}/slash-commands", {
      params: { path: { room } },
      body: { name: nameOf(name), command: name, ...rest },
    }),
  );

const nameOf = (command: string): string => command.trim().replace(/^\/+/u, "");

export async function changeHook(robot: string, body: Hook): Promise<void> {
  await answer(api.PUT("/api/robots/{robot}/hook", { ...at(robot), body }));
  await queryClient.invalidateQueries({ queryKey: waysKey(robot) });
}

export async function changeCommand(robot: string, { name, ...rest }: Command): Promise<void> {
  const body = { command: name, ...rest };
  await answer(api.PUT("/api/robots/{robot}/command", { ...at(robot), body }));
  await queryClient.invalidateQueries({ queryKey: waysKey(robot) });
}

/** The token that signs what is sent there; "" when nothing is. */
export async function setRequest(robot: string, url: string | null): Promise<string> {
  const made = await answer(
    api.PUT("/api/robots/{robot}/request", { ...at(robot), body: { url } }),
  );
  await queryClient.invalidateQueries({ queryKey: waysKey(robot) });
  return made.token;
}

export async function renewToken(robot: string): Promise<string> {
  return (await answer(api.POST("/api/robots/{robot}/token", at(robot)))).token;
}
