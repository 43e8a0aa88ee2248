/** Every address of Plano. Pages live in features; this file composes them. */
import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { meQuery } from "../features/accounts/api";
import { workspacesQuery } from "../features/workspaces/api";
import { isProblem } from "../shared/api/problem";
import { PageSkeleton } from "../shared/ui/Loading";
import { CrashPage, NotFoundPage } from "./errors/ErrorPages";
import { page } from "./page";
import { keepFrame, startWithout } from "./offlineStart";
import { queryClient } from "./queryClient";
import { Office } from "./shell/Office";
import { OfficeSkeleton } from "./shell/OfficeSkeleton";
import { Root } from "./shell/Root";
import { WorkspaceLayout } from "./shell/WorkspaceLayout";

/** Optional text parameters of an address; anything else in it is ignored. */
function texts<K extends string>(...names: K[]) {
  return (search: Record<string, unknown>): { [Name in K]?: string } => {
    const found: { [Name in K]?: string } = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === "string" || typeof value === "number") found[name] = String(value);
    }
    return found;
  };
}

const root = createRootRoute({ component: Root, notFoundComponent: () => <NotFoundPage alone /> });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/connexion",
  validateSearch: texts("next"),
  component: page("accounts", () => import("../features/accounts/pages/SignInPage")),
});
const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/mot-de-passe-oublie",
  component: page("accounts", () => import("../features/accounts/pages/ForgottenPage")),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: "/reinitialiser/$token",
  component: page("accounts", () => import("../features/accounts/pages/ResetPage")),
});
const endMails = createRoute({
  getParentRoute: () => root,
  path: "/courriels/arreter/$word",
  component: page("wishes", () => import("../features/notifications/pages/EndMailsPage")),
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: "/installation/$token",
  component: page("accounts", () => import("../features/accounts/pages/SetUpPage")),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation/$token",
  component: page("workspaces", () => import("../features/workspaces/pages/InvitationPage")),
});
const meetingLink = createRoute({
  getParentRoute: () => root,
  path: "/m/$token",
  component: page("meetings", () => import("../features/meetings/pages/MeetingLinkPage")),
});

const shared = createRoute({
  getParentRoute: () => root,
  path: "/s/$token",
  validateSearch: texts("dossier"),
  component: page("shared", () => import("../features/documents/pages/SharedPage")),
});

/** Everything behind the sign-in: the person and their workspaces are there before the first paint. */
const office = createRoute({
  getParentRoute: () => root,
  id: "office",
  beforeLoad: async ({ location }) => {
    try {
      await Promise.all([queryClient.ensureQueryData(meQuery), queryClient.ensureQueryData(workspacesQuery)]);
      keepFrame();
    } catch (error) {
      if (startWithout(error)) return;
      if (!isProblem(error) || error.status !== 401) throw error;
      const next = location.href === "/" ? {} : { next: location.href };
      throw redirect({ to: "/connexion", search: next });
    }
  },
  component: Office,
  pendingComponent: OfficeSkeleton,
  errorComponent: ({ error }) => <CrashPage error={error} />,
});

const desk = createRoute({
  getParentRoute: () => office,
  path: "/",
  component: page("desk", () => import("../features/desk/pages/DeskPage")),
});
const search = createRoute({
  getParentRoute: () => office,
  path: "/recherche",
  validateSearch: texts("q", "genre", "espace", "type", "auteur", "depuis", "etiquette", "champ"),
  component: page("desk", () => import("../features/desk/pages/SearchPage")),
});
const notifications = createRoute({
  getParentRoute: () => office,
  path: "/notifications",
  component: page("notifications", () => import("../features/notifications/pages/NotificationsPage")),
});
const openNotification = createRoute({
  getParentRoute: () => office,
  path: "/notifications/$notificationId",
  component: page("notifications", () => import("../features/notifications/pages/OpenNotificationPage")),
});
const confirmEmail = createRoute({
  getParentRoute: () => office,
  path: "/adresse/$token",
  component: page("accounts", () => import("../features/accounts/pages/ConfirmEmailPage")),
});
const settings = createRoute({
  getParentRoute: () => office,
  path: "/parametres",
  component: page("accounts", () => import("../features/accounts/pages/SettingsLayout")),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/parametres/profil" });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profil",
  component: page("accounts", () => import("../features/accounts/pages/ProfilePage")),
});
const security = createRoute({
  getParentRoute: () => settings,
  path: "/securite",
  component: page("accounts", () => import("../features/accounts/pages/SecurityPage")),
});
const notificationSettings = createRoute({
  getParentRoute: () => settings,
  path: "/notifications",
  component: page("wishes", () => import("../features/notifications/pages/NotificationSettingsPage")),
});
const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/apparence",
  component: page("accounts", () => import("../features/accounts/pages/AppearancePage")),
});

const writing = createRoute({
  getParentRoute: () => settings,
  path: "/discussions",
  component: page("chat", () => import("../features/chat/pages/WritingPage")),
});

const workspaces = createRoute({
  getParentRoute: () => office,
  path: "/espaces",
  component: page("workspaces", () => import("../features/workspaces/pages/WorkspacesPage")),
});
const newWorkspace = createRoute({
  getParentRoute: () => office,
  path: "/espaces/nouveau",
  component: page("workspaces", () => import("../features/workspaces/pages/NewWorkspacePage")),
});

const workspace = createRoute({
  getParentRoute: () => office,
  path: "/w/$slug",
  component: WorkspaceLayout,
});
const home = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  component: page("desk", () => import("../features/desk/pages/HomePage")),
});
const documents = createRoute({
  getParentRoute: () => workspace,
  path: "/documents",
  validateSearch: texts("doc", "commentaire", "demande"),
  component: page("documents", () => import("../features/documents/pages/DocumentsPage")),
});
const folder = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/dossier/$nodeId",
  validateSearch: texts("doc", "commentaire", "demande"),
  component: page("documents", () => import("../features/documents/pages/DocumentsPage")),
});
const trash = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/corbeille",
  component: page("documents", () => import("../features/documents/pages/TrashPage")),
});
const favourites = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/favoris",
  validateSearch: texts("partout", "vus"),
  component: page("documents", () => import("../features/documents/pages/FavouritesPage")),
});
const recent = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/recents",
  validateSearch: texts("partout", "vus"),
  component: page("documents", () => import("../features/documents/pages/RecentPage")),
});
const followed = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/suivis",
  validateSearch: texts("partout", "vus"),
  component: page("documents", () => import("../features/documents/pages/FollowedPage")),
});
const activity = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/activite",
  validateSearch: texts("partout", "vus"),
  component: page("documents", () => import("../features/documents/pages/ActivityPage")),
});
const shares = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/partages",
  component: page("documents", () => import("../features/documents/pages/SharesPage")),
});
const approvals = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/validations",
  component: page("documents", () => import("../features/documents/pages/ApprovalsPage")),
});
const space = createRoute({
  getParentRoute: () => workspace,
  path: "/documents/place",
  component: page("documents", () => import("../features/documents/pages/SpacePage")),
});
const chat = createRoute({
  getParentRoute: () => workspace,
  path: "/discussions",
  validateSearch: texts("fil", "message"),
  component: page("chat", () => import("../features/chat/pages/ChatPage")),
});
const channel = createRoute({
  getParentRoute: () => workspace,
  path: "/discussions/$channelId",
  validateSearch: texts("fil", "message"),
  component: page("chat", () => import("../features/chat/pages/ChatPage")),
});
const decisions = createRoute({
  getParentRoute: () => workspace,
  path: "/decisions",
  validateSearch: texts("q", "discussion", "personne", "depuis", "jusque", "etat", "decision"),
  component: page("decisions", () => import("../features/chat/pages/DecisionsPage")),
});
const later = createRoute({
  getParentRoute: () => workspace,
  path: "/plus-tard",
  component: page("chat", () => import("../features/chat/pages/LaterPage")),
});
const chatRules = createRoute({
  getParentRoute: () => workspace,
  path: "/parametres/discussions",
  component: page("chat", () => import("../features/chat/pages/RulesPage")),
});
const meetings = createRoute({
  getParentRoute: () => workspace,
  path: "/reunions",
  validateSearch: texts("demarrer", "depuis"),
  component: page("meetings", () => import("../features/meetings/pages/MeetingsPage")),
});
const meeting = createRoute({
  getParentRoute: () => workspace,
  path: "/reunions/$meetingId",
  component: page("meetings", () => import("../features/meetings/pages/MeetingPage")),
});
const calendar = createRoute({
  getParentRoute: () => workspace,
  path: "/agenda",
  validateSearch: texts("vue", "date", "evenement"),
  component: page("calendar", () => import("../features/calendar/pages/CalendarPage")),
});
const tasks = createRoute({
  getParentRoute: () => workspace,
  path: "/taches",
  validateSearch: texts("vue", "tache"),
  component: page("tasks", () => import("../features/tasks/pages/TasksPage")),
});
const members = createRoute({
  getParentRoute: () => workspace,
  path: "/membres",
  component: page("workspaces", () => import("../features/workspaces/pages/MembersPage")),
});
const workspaceSettings = createRoute({
  getParentRoute: () => workspace,
  path: "/parametres",
  component: page("workspaces", () => import("../features/workspaces/pages/WorkspaceSettingsPage")),
});

const tree = root.addChildren([
  signIn,
  forgotten,
  reset,
  endMails,
  setUp,
  invitation,
  meetingLink,
  shared,
  office.addChildren([
    desk,
    search,
    notifications,
    openNotification,
    confirmEmail,
    settings.addChildren([settingsIndex, profile, security, notificationSettings, writing, appearance]),
    workspaces,
    newWorkspace,
    workspace.addChildren([
      home, documents, folder, trash, favourites, recent, followed, activity, approvals, shares, space, chat, channel, later, chatRules, decisions, meetings, meeting, calendar, tasks, members, workspaceSettings,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: PageSkeleton,
  defaultNotFoundComponent: () => <NotFoundPage />,
  defaultErrorComponent: ({ error, reset: retry }) => <CrashPage error={error} retry={retry} alone={false} />,
  scrollRestoration: true,
  scrollToTopSelectors: ["#main"],
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
