/** What an administrator does to people and departments; each forgets what it made stale. */
import { answer, api, queryClient, type Department, type Member, type Role } from "../../core/api";
import { forgetPeople } from "../../core/people/queries";

export interface PersonChange {
  role?: Role;
  title?: string;
  departments?: string[];
}

async function changed<T>(org: string, call: Promise<{ data?: T }>): Promise<T> {
  const data = await answer(call);
  await forgetPeople(org);
  return data;
}

const at = (org: string, person: string) => ({ params: { path: { org, person } } });

export const changePerson = (org: string, person: string, body: PersonChange): Promise<Member> =>
  changed(org, api.PATCH("/api/orgs/{org}/people/{person}", { ...at(org, person), body }));

export const deactivate = (org: string, person: string): Promise<Member> =>
  changed(org, api.POST("/api/orgs/{org}/people/{person}/deactivate", at(org, person)));

export const reactivate = (org: string, person: string): Promise<Member> =>
  changed(org, api.POST("/api/orgs/{org}/people/{person}/reactivate", at(org, person)));

export const signInLink = (org: string, person: string) =>
  answer(api.POST("/api/orgs/{org}/people/{person}/link", at(org, person)));

export const addDepartment = (org: string, body: { name: string; parent: string | null }) =>
  changed(org, api.POST("/api/orgs/{org}/departments", { params: { path: { org } }, body }));

export const changeDepartment = (
  org: string,
  id: string,
  body: { name?: string; parent?: string | null; position?: number },
): Promise<Department> =>
  changed(
    org,
    api.PATCH("/api/orgs/{org}/departments/{department}", {
      params: { path: { org, department: id } },
      body,
    }),
  );

export const deleteDepartment = (org: string, id: string) =>
  changed(
    org,
    api.DELETE("/api/orgs/{org}/departments/{department}", {
      params: { path: { org, department: id } },
    }),
  );

export const invitesKey = (org: string) => ["org", org, "invites"];

export interface InviteAsk {
  role: Role;
  department?: string;
  emails?: string;
  uses?: number;
  days?: number;
}

export async function invite(org: string, body: InviteAsk) {
  const made = await answer(
    api.POST("/api/orgs/{org}/invites", { params: { path: { org } }, body }),
  );
  await queryClient.invalidateQueries({ queryKey: invitesKey(org) });
  return made.items;
}

export async function deleteInvite(org: string, id: string): Promise<void> {
  await answer(
    api.DELETE("/api/orgs/{org}/invites/{invite}", { params: { path: { org, invite: id } } }),
  );
  await queryClient.invalidateQueries({ queryKey: invitesKey(org) });
}
