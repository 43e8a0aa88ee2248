import { Button, Checkbox, Modal, NumberInput, Radio, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { fullDate } from "../../../shared/lib/dates";
import { newId } from "../../../shared/lib/ids";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, PasswordField, useSubmission } from "../../../shared/ui/Form";
import type { Node } from "../api";
import { changeShare, createShare, dayIn, endOf, type Share, shareKeys, type ShareMade } from "../shares";
import css from "./Share.module.css";

type Props = { onClose: () => void } & ({ node: Pick<Node, "id" | "kind" | "name">; share?: undefined } | { share: Share; node?: undefined });

const DAYS = 30;
const SHORTEST_PASSWORD = 8;

/** A new link, then its address to hand out; or the bounds of one that there is. */
export function ShareDialog({ node, share, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [id] = useState(() => newId());
  const [made, setMade] = useState<ShareMade | null>(null);
  const [mode, setMode] = useState<"read" | "drop">(share?.mode ?? "read");
  const [label, setLabel] = useState(share?.label ?? "");
  const [guarded, setGuarded] = useState(share?.protected ?? false);
  const [password, setPassword] = useState("");
  const [day, setDay] = useState(share ? dayIn(0, Date.parse(share.expires_at)) : dayIn(DAYS));
  const [most, setMost] = useState<number | string>(share?.max_uses ?? "");
  const submission = useSubmission<Share>();
  const kept = share?.protected === true && password === "";
  const incomplete = (guarded && !kept && password.length < SHORTEST_PASSWORD) || day === "";

  const save = async (): Promise<void> => {
    if (incomplete) return;
    const bounds = { label: label.trim(), expires_at: endOf(day), max_uses: typeof most === "number" ? most : null };
    const saved = await submission.run(() => {
      if (node) return createShare(node.id, { id, mode, password: guarded ? password : null, ...bounds });
      const secret = guarded === share.protected && kept ? {} : { password: guarded ? password : null };
      return changeShare(share.id, { ...bounds, ...secret } as Parameters<typeof changeShare>[1]);
    });
    if (!saved) return;
    await cache.invalidateQueries({ queryKey: shareKeys.all });
    if (node) setMade(saved as ShareMade);
    else onClose();
  };
  const title = made ? t("share.ready") : share ? t("share.change_title") : t("share.title", { name: node.name });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("common:close") }}>
      {made ? (
        <Made share={made} onClose={onClose} />
      ) : (
        <Form onSubmit={save}>
          {node?.kind === "folder" && (
            <Radio.Group value={mode} onChange={(value) => setMode(value as "read" | "drop")} label={t("share.what_for")}>
              <div className={dialogs.stack}>
                <Radio value="read" label={t("share.mode.read")} description={t("share.read_hint")} />
                <Radio value="drop" label={t("share.mode.drop")} description={t("share.drop_hint")} />
              </div>
            </Radio.Group>
          )}
          {node?.kind !== "folder" && node && <p className={dialogs.text}>{t("share.document_hint")}</p>}
          <TextInput
            label={t("share.label")}
            description={t("share.label_hint")}
            value={label}
            maxLength={120}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <div className={css.pair}>
            <TextInput
              type="date"
              label={t("share.end")}
              value={day}
              min={dayIn(0)}
              max={dayIn(365)}
              onChange={(event) => setDay(event.currentTarget.value)}
              error={fieldError(submission.error, "expires_at", t)}
            />
            <NumberInput
              label={t("share.most")}
              description={t("share.most_hint")}
              inputWrapperOrder={["label", "input", "description", "error"]}
              value={most}
              min={1}
              max={10_000}
              allowDecimal={false}
              onChange={setMost}
              error={fieldError(submission.error, "max_uses", t)}
            />
          </div>
          <Checkbox label={t("share.with_password")} checked={guarded} onChange={(event) => setGuarded(event.currentTarget.checked)} />
          {guarded && (
            <PasswordField
              label={t(share?.protected ? "share.new_password" : "share.password")}
              description={t("share.password_hint")}
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={fieldError(submission.error, "password", t)}
            />
          )}
          <ProblemNote error={submission.error} />
          <div className={dialogs.buttons}>
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={submission.busy} disabled={incomplete}>
              {share ? t("common:save") : t("share.create")}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  );
}

function Made({ share, onClose }: { share: ShareMade; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [copied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(share.url ?? "").then(() => setCopied(true));
  return (
    <div className={dialogs.stack}>
      <p className={dialogs.text}>
        {t(share.mode === "drop" ? "share.made_drop" : "share.made_read", { date: fullDate(share.expires_at) })}
        {share.protected && ` ${t("share.made_password")}`}
      </p>
      <div className={css.address}>
        <TextInput label={t("share.address")} readOnly value={share.url ?? ""} data-autofocus onFocus={(event) => event.currentTarget.select()} />
        <Button leftSection={copied ? <IconCheck size={18} stroke={1.75} /> : <IconCopy size={18} stroke={1.75} />} onClick={copy}>
          {t(copied ? "share.is_copied" : "share.copy")}
        </Button>
      </div>
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("common:close")}
        </Button>
      </div>
    </div>
  );
}
