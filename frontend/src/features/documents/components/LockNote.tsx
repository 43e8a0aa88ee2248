import { Button, Modal, Select, TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { DateTime } from "../../../shared/ui/DateTime";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import type { Abilities, Node, NodeForMe } from "../api";
import { type Lock, lockNode, lockOf, unlockNode } from "../locks";
import css from "./Lock.module.css";

const LENGTHS = ["60", "480", "1440", "10080"] as const;

interface Props {
  node: Node;
  abilities: Abilities | undefined;
  onSaved: (node: NodeForMe) => void;
}

/** In the panel: who locked it, since when and until when, and what I may do about it; or the way to lock it. */
export function LockNote({ node, abilities, onSaved }: Props): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const me = useMe();
  const [dialog, setDialog] = useState<"lock" | "break" | null>(null);
  const act = useAct(onSaved, () => setDialog(null));
  const lock = lockOf(node);
  const close = (): void => setDialog(null);
  if (lock === null) {
    if (!abilities?.upload) return null;
    return (
      <div className={css.offer}>
        <Button variant="subtle" leftSection={<IconLock size={18} stroke={1.75} />} onClick={() => setDialog("lock")}>
          {t("lock.action")}
        </Button>
        {dialog === "lock" && <LockDialog node={node} onSaved={onSaved} onClose={close} />}
      </div>
    );
  }
  const mine = lock.owner.id === me.id;
  return (
    <div className={css.note}>
      <IconLock size={18} stroke={1.75} aria-hidden="true" />
      <div className={css.words} role="status">
        <LockWords lock={lock} mine={mine} />
      </div>
      {mine && (
        <Button variant="default" size="sm" loading={act.busy} onClick={() => act.run(() => unlockNode(node.id))}>
          {t("lock.unlock")}
        </Button>
      )}
      {!mine && abilities?.break_lock && (
        <Button variant="default" size="sm" onClick={() => setDialog("break")}>
          {t("lock.break")}
        </Button>
      )}
      {dialog === null && <ProblemNote error={act.error} />}
      {dialog === "break" && (
        <Modal opened onClose={close} title={t("lock.break_title")} closeButtonProps={{ "aria-label": t("common:close") }}>
          <div className={dialogs.stack}>
            <p>{t("lock.break_text", { name: lock.owner.name })}</p>
            <ProblemNote error={act.error} />
            <div className={dialogs.buttons}>
              <Button variant="default" onClick={close}>
                {t("common:cancel")}
              </Button>
              <Button data-autofocus loading={act.busy} onClick={() => act.run(() => unlockNode(node.id))}>
                {t("lock.break")}
              </Button>
            </div>
          </div>
        </Modal>
      )}
    </div>
  );
}

function LockWords({ lock, mine }: { lock: Lock; mine: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <>
      <span className={css.who}>{mine ? t("lock.mine") : t("lock.theirs", { name: lock.owner.name })}</span>
      {lock.reason !== "" && <span className={css.reason}>{t("lock.reason_is", { reason: lock.reason })}</span>}
      {t("lock.since")} <DateTime at={lock.since} />, {t("lock.until")} <DateTime at={lock.until} style="planned" />
      {lock.via === "dav" && <>. {t("lock.via_dav")}</>}
    </>
  );
}

function LockDialog({ node, onSaved, onClose }: { node: Node; onSaved: (node: NodeForMe) => void; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState<string>("480");
  const act = useAct(onSaved, onClose);
  return (
    <Modal opened onClose={onClose} title={t("lock.title", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form
        className={dialogs.stack}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          act.run(() => lockNode(node.id, reason, Number(minutes)));
        }}
      >
        <p>{t(node.kind === "folder" ? "lock.text_folder" : "lock.text")}</p>
        <TextInput
          data-autofocus
          label={t("lock.reason")}
          placeholder={t("lock.reason_example")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Select
          label={t("lock.length")}
          data={LENGTHS.map((value) => ({ value, label: t(`lock.for_${value}`) }))}
          value={minutes}
          allowDeselect={false}
          onChange={(value) => setMinutes(value ?? "480")}
        />
        <ProblemNote error={act.error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={act.busy}>
            {t("lock.do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface Act {
  busy: boolean;
  error: unknown;
  run: (request: () => Promise<NodeForMe>) => void;
}

function useAct(onSaved: (node: NodeForMe) => void, onDone: () => void): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = (request: () => Promise<NodeForMe>): void => {
    setBusy(true);
    setError(null);
    request()
      .then((node) => {
        onSaved(node);
        onDone();
      }, setError)
      .finally(() => setBusy(false));
  };
  return { busy, error, run };
}
