import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "../../../shared/api/client";
import { newId } from "../../../shared/lib/ids";
import { type CalendarEvent, createEvent } from "../api";
import { blank, type FormValues, newEvent } from "../lib/form";
import { addDays, dateOf, wallOf, weekdayOf } from "../lib/wall";
import { foldEvent } from "../live";
import { EventForm } from "./EventForm";

interface Props {
  workspaceId: string;
  color: number;
  zone: string;
  first: Pick<FormValues, "title" | "description" | "attendees">;
  origin: Schema<"ThingIn">;
  note: React.ReactNode;
  onClose: () => void;
  onMade: (event: CalendarEvent) => void;
}

/** The form of an event, where it is made of something else. It begins on the next working day at nine. */
export function NewEventDialog({ workspaceId, color, zone, first, origin, note, onClose, onMade }: Props): React.JSX.Element {
  const { t } = useTranslation("calendar");
  const cache = useQueryClient();
  const [id] = useState(newId);
  const [values, setValues] = useState<FormValues>(() => {
    const day = nextWorkingDay(dateOf(wallOf(new Date(), zone)));
    return { ...blank({ allDay: false, start: `${day}T09:00:00`, end: `${day}T10:00:00` }, zone, color), ...first };
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const event = await createEvent(workspaceId, { ...newEvent(id, values), origin });
      foldEvent(cache, event);
      onMade(event);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("form.new")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <EventForm
        workspaceId={workspaceId}
        values={values}
        onChange={setValues}
        only={null}
        invited={[]}
        viewerZone={zone}
        verb={t("form.create")}
        error={error}
        busy={busy}
        note={note}
        onSave={() => void save()}
        onCancel={onClose}
      />
    </Modal>
  );
}

function nextWorkingDay(today: string): string {
  let day = addDays(today, 1);
  while (weekdayOf(day) > 4) day = addDays(day, 1);
  return day;
}
