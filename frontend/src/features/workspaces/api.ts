import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";

export type Workspace = Schema<"WorkspaceForMe">;
export type Member = Schema<"MemberOut">;
export type Invitation = Schema<"InvitationOut">;
export type Person = Schema<"PersonOut">;
export type RoleName = Member["role"];
export type RoomName = Workspace["rooms"][number];

export const ROLES: readonly RoleName[] = ["guest", "reader", "member", "manager"];
export const ROOMS: readonly RoomName[] = ["documents", "chat", "meetings", "calendar", "tasks"];

export const keys = {
  list: ["workspaces"] as const,
  members: (workspaceId: string) => ["members", workspaceId] as const,
  invitations: (workspaceId: string) => ["invitations", workspaceId] as const,
  people: (text: string) => ["people", text] as const,
  invitation: (token: string) => ["invitation", token] as const,
};

export const workspacesQuery = queryOptions({
  queryKey: keys.list,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/workspaces", { signal }))),
});

const path = (workspace_id: string): { path: { workspace_id: string } } => ({ path: { workspace_id } });

export const membersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.members(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/members", { params: path(workspaceId), signal })),
    ),
  });

export const invitationsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.invitations(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/invitations", { params: path(workspaceId), signal })),
    ),
  });

export const peopleQuery = (text: string) =>
  queryOptions({
    queryKey: keys.people(text),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/people", { params: { query: { q: text } }, signal })),
    staleTime: 60_000,
  });

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: keys.invitation(token),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/invitations/{token}", { params: { path: { token } }, signal })),
    retry: false,
  });

export const openWorkspace = (body: Schema<"WorkspaceIn">): Promise<Workspace> =>
  answer(http.POST("/api/v1/workspaces", { body }));
export const changeWorkspace = (id: string, body: Schema<"WorkspacePatch">): Promise<Workspace> =>
  answer(http.PATCH("/api/v1/workspaces/{workspace_id}", { params: path(id), body }));
export const archiveWorkspace = (id: string): Promise<Workspace> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/archive", { params: path(id) }));
export const reopenWorkspace = (id: string): Promise<Workspace> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/reopen", { params: path(id) }));

export const addMember = (id: string, body: Schema<"MemberIn">): Promise<Member> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/members", { params: path(id), body }));
export const changeRole = (id: string, user_id: string, role: RoleName): Promise<Member> =>
  answer(
    http.PATCH("/api/v1/workspaces/{workspace_id}/members/{user_id}", {
      params: { path: { workspace_id: id, user_id } },
      body: { role },
    }),
  );
export const removeMember = (id: string, user_id: string): Promise<unknown> =>
  answer(
    http.DELETE("/api/v1/workspaces/{workspace_id}/members/{user_id}", {
      params: { path: { workspace_id: id, user_id } },
    }),
  );

export const invite = (id: string, body: Schema<"InvitationIn">): Promise<Invitation> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/invitations", { params: path(id), body }));
export const resendInvitation = (id: string, invitation_id: string): Promise<Invitation> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}/resend", {
      params: { path: { workspace_id: id, invitation_id } },
    }),
  );
export const cancelInvitation = (id: string, invitation_id: string): Promise<unknown> =>
  answer(
    http.DELETE("/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}", {
      params: { path: { workspace_id: id, invitation_id } },
    }),
  );
export const acceptInvitation = (token: string, body: Schema<"InvitationAccept">): Promise<Workspace> =>
  answer(http.POST("/api/v1/invitations/{token}", { params: { path: { token } }, body }));
