import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { firstName } from "../../../shared/lib/names";
import { type Present as State, usePresence } from "../../../shared/live/presence";
import { useMe } from "../../../shared/session/session";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { PersonAvatar, type FacePerson } from "../../../shared/ui/PersonAvatar";
import { membersQuery } from "../api";
import css from "./Present.module.css";

type Face = FacePerson & { id: string; state: State };

/** Who else is here now, those at their desk first. */
function usePresent(workspaceId: string): Face[] {
  const me = useMe();
  const presence = usePresence(workspaceId);
  const { data } = useQuery(membersQuery(workspaceId));
  const faces = (data?.items ?? []).flatMap(({ person }) => {
    const state = presence[person.id];
    return state !== undefined && person.id !== me.id ? [{ ...person, state }] : [];
  });
  return faces.sort((a, b) => (a.state === b.state ? a.name.localeCompare(b.name, "fr") : a.state === "online" ? -1 : 1));
}

/** At the end of the header: faces and a number. */
export function Present({ workspaceId }: { workspaceId: string }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const faces = usePresent(workspaceId);
  return (
    <div className={css.present}>
      <AvatarStack people={faces.slice(0, 5)} size={32} />
      <span>{faces.length === 0 ? t("home.alone") : <strong>{t("home.present", { count: faces.length })}</strong>}</span>
    </div>
  );
}

/** On a phone: a row of faces with their names. */
export function PresentFaces({ workspaceId }: { workspaceId: string }): React.JSX.Element | null {
  const { t } = useTranslation("desk");
  const faces = usePresent(workspaceId);
  if (faces.length === 0) return null;
  return (
    <ul role="list" className={css.faces} aria-label={t("home.present", { count: faces.length })}>
      {faces.slice(0, 12).map((face) => (
        <li key={face.id} className={css.face}>
          <PersonAvatar person={face} size={48} presence={face.state} />
          <span>{firstName(face.name)}</span>
        </li>
      ))}
    </ul>
  );
}
