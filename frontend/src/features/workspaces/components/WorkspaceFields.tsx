import { Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { IconCalendar, IconCheck, IconChecklist, IconFolder, IconMessages, IconVideo, type Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { workspaceInitials } from "../../../shared/lib/names";
import { type RoomName, ROOMS } from "../api";
import css from "./WorkspaceFields.module.css";

export interface WorkspaceDraft {
  name: string;
  description: string;
  color: number;
  rooms: RoomName[];
}

const ICONS: Record<RoomName, Icon> = {
  documents: IconFolder, chat: IconMessages, meetings: IconVideo, calendar: IconCalendar, tasks: IconChecklist,
};
const COLORS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

interface Props {
  draft: WorkspaceDraft;
  onChange: (draft: WorkspaceDraft) => void;
  error: unknown;
  readOnly?: boolean;
  autoFocus?: boolean;
}

/** Name, description, colour and rooms: the same when it opens and when it changes. */
export function WorkspaceFields({ draft, onChange, error, readOnly = false, autoFocus = false }: Props): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const set = (changed: Partial<WorkspaceDraft>): void => onChange({ ...draft, ...changed });
  return (
    <>
      <TextInput
        label={t("fields.name")}
        description={t("fields.name_why")}
        maxLength={120}
        autoFocus={autoFocus}
        readOnly={readOnly}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={fieldError(error, "name", t)}
      />
      <Textarea
        label={t("fields.description")}
        description={t("fields.description_why")}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={8}
        readOnly={readOnly}
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={fieldError(error, "description", t)}
      />
      <fieldset className={css.group} disabled={readOnly}>
        <legend>{t("fields.color")}</legend>
        <div className={css.colors}>
          {COLORS.map((color) => (
            <label key={color} className={css.color} data-color={color} title={t(`color.${color}`)}>
              <input
                type="radio"
                name="color"
                className={css.radio}
                checked={draft.color === color}
                onChange={() => set({ color })}
                aria-label={t(`color.${color}`)}
              />
              <span className={css.swatch} aria-hidden="true">
                {workspaceInitials(draft.name || "A")}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className={css.group} disabled={readOnly}>
        <legend>{t("fields.rooms")}</legend>
        <p className={css.why}>{t("fields.rooms_why")}</p>
        <div className={css.rooms}>
          {ROOMS.map((room) => {
            const Glyph = ICONS[room];
            const on = draft.rooms.includes(room);
            return (
              <UnstyledButton
                key={room}
                type="button"
                role="checkbox"
                aria-checked={on}
                disabled={readOnly}
                className={css.room}
                onClick={() => set({ rooms: ROOMS.filter((one) => (one === room ? !on : draft.rooms.includes(one))) })}
              >
                <Glyph size={20} stroke={1.75} aria-hidden="true" />
                <span>
                  <strong>{t(`common:room.${room}`)}</strong>
                  <span className={css.why}>{t(`room_why.${room}`)}</span>
                </span>
                <span className={css.box} aria-hidden="true">
                  {on && <IconCheck size={14} stroke={3} />}
                </span>
              </UnstyledButton>
            );
          })}
        </div>
      </fieldset>
    </>
  );
}
