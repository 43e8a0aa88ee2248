import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";

export type Me = Schema<"MeOut">;
export type SessionRow = Schema<"SessionOut">;
export type ApplicationPassword = Schema<"ApplicationPasswordOut">;
export type AccessToken = Schema<"AccessTokenOut">;
export type Reach = ApplicationPassword["reach"];

export const keys = {
  me: ["me"] as const,
  sessions: ["me", "sessions"] as const,
  applicationPasswords: ["me", "application-passwords"] as const,
  accessTokens: ["me", "access-tokens"] as const,
};

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/me", { signal }))),
});

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/me/sessions", { signal })),
  staleTime: 0,
});

export const applicationPasswordsQuery = queryOptions({
  queryKey: keys.applicationPasswords,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/me/application-passwords", { signal })),
  staleTime: 0,
});

export const accessTokensQuery = queryOptions({
  queryKey: keys.accessTokens,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/me/access-tokens", { signal })),
  staleTime: 0,
});

export const signIn = (body: Schema<"SignInIn">): Promise<Me> => answer(http.POST("/api/v1/session", { body }));
export const signOut = (): Promise<unknown> => answer(http.DELETE("/api/v1/session"));
export const prove = (password: string): Promise<unknown> =>
  answer(http.POST("/api/v1/session/proof", { body: { password } }));

export const changeMe = (body: Schema<"ProfileIn">): Promise<Me> => answer(http.PATCH("/api/v1/me", { body }));
export const removePicture = (): Promise<Me> => answer(http.DELETE("/api/v1/me/avatar"));
export const setPicture = (picture: Blob): Promise<Me> =>
  answer(
    http.PUT("/api/v1/me/avatar", {
      body: picture as never, // the document says "binary": the bytes themselves
      bodySerializer: (body: unknown) => body as Blob,
      headers: { "Content-Type": picture.type || "application/octet-stream" },
    }),
  );

export const changePassword = (body: Schema<"PasswordChangeIn">): Promise<unknown> =>
  answer(http.POST("/api/v1/me/password", { body }));
export const askEmailChange = (email: string): Promise<unknown> =>
  answer(http.POST("/api/v1/me/email", { body: { email } }));
export const confirmEmail = (token: string): Promise<Me> =>
  answer(http.POST("/api/v1/me/email/{token}", { params: { path: { token } } }));

export const endSession = (session_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id } } }));

export const createApplicationPassword = (
  body: Schema<"ApplicationPasswordIn">,
): Promise<Schema<"NewApplicationPasswordOut">> => answer(http.POST("/api/v1/me/application-passwords", { body }));
export const revokeApplicationPassword = (password_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/me/application-passwords/{password_id}", { params: { path: { password_id } } }));

export const createAccessToken = (body: Schema<"AccessTokenIn">): Promise<Schema<"NewAccessTokenOut">> =>
  answer(http.POST("/api/v1/me/access-tokens", { body }));
export const revokeAccessToken = (token_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/me/access-tokens/{token_id}", { params: { path: { token_id } } }));

export const askReset = (identifier: string): Promise<unknown> =>
  answer(http.POST("/api/v1/password-resets", { body: { identifier } }));
export const openResetLink = (token: string, password: string): Promise<unknown> =>
  answer(http.POST("/api/v1/password-resets/{token}", { params: { path: { token } }, body: { password } }));
export const setUp = (token: string, body: Schema<"SetupIn">): Promise<Me> =>
  answer(http.POST("/api/v1/setup/{token}", { params: { path: { token } }, body }));
