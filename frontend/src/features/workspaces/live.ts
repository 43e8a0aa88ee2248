import { dropFrom, findIn, upsertInto } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import { keys, type Workspace } from "./api";

/** A membership gone means the list of one's workspaces changed: it is small, so it is asked again. */
export const folds = {
  "workspaces.workspace": {
    changed: (cache, workspace) => {
      const held = findIn<Workspace>(cache, keys.list, workspace.id);
      if (held) upsertInto<Workspace>(cache, keys.list, { ...held, ...workspace }, { insert: false });
    },
    removed: (cache, { id }) => dropFrom(cache, keys.list, id),
  },
  "workspaces.mine": {
    changed: (cache, mine) => {
      const held = findIn<Workspace>(cache, keys.list, mine.workspace_id);
      if (held) upsertInto<Workspace>(cache, keys.list, { ...held, mine }, { insert: false });
      else void cache.invalidateQueries({ queryKey: keys.list });
    },
    removed: (cache, { id }) => {
      dropFrom(cache, keys.list, id);
      void cache.invalidateQueries({ queryKey: keys.list });
    },
  },
  "workspaces.member": {
    changed: (cache, member) => upsertInto(cache, keys.members(member.workspace_id), member),
    removed: (cache, { id }) => dropFrom(cache, ["members"], id),
  },
  "workspaces.invitation": {
    changed: (cache, invitation) => upsertInto(cache, keys.invitations(invitation.workspace_id), invitation),
    removed: (cache, { id }) => dropFrom(cache, ["invitations"], id),
  },
} satisfies Folds<"workspaces.workspace" | "workspaces.mine" | "workspaces.member" | "workspaces.invitation">;
