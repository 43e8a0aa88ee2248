import { Button, Modal, Select } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { fullDate, longDay } from "../../../shared/lib/dates";
import { plain } from "../../../shared/prose/markdown";
import { Prose } from "../../../shared/prose/Prose";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { DetailsPanel } from "../../../shared/ui/panel";
import { toast } from "../../../shared/ui/toast";
import { WhoHasAccess } from "../../../shared/ui/WhoHasAccess";
import { Origin } from "../../../shared/work/Origin";
import { changeDecision, type Decision, type DecisionChange, decisionChangesQuery } from "../api";
import { foldDecision } from "../live";
import { DecisionDialog } from "./DecisionDialog";
import css from "./Decisions.module.css";
import dialogs from "./Dialogs.module.css";

interface Props {
  decision: Decision;
  place: string;
  mayChange: boolean;
  /** Of the same conversation: what may replace it. */
  others: readonly Decision[];
  onOpen: (id: string) => void;
  onClose: () => void;
  focusTitle: boolean;
}

/** A decision in full: its words, where it comes from, what it said before, and what may be done with it. */
export function DecisionPanel({ decision, place, mayChange, others, onOpen, onClose, focusTitle }: Props): React.JSX.Element {
  const { t } = useTranslation("decisions");
  const cache = useQueryClient();
  const [asked, setAsked] = useState<"edit" | "replace" | null>(null);
  const replacing = decision.replaced_by;
  const stand = (status: "adopted" | "cancelled"): void =>
    void changeDecision(decision.id, decision.version, { status }).then(
      (next) => foldDecision(cache, next),
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  return (
    <DetailsPanel title={t("one", { number: decision.number })} meta={place} onClose={onClose} focusTitle={focusTitle}>
      <p className={css.standing} data-status={decision.status}>
        {t(`status.${decision.status}`)}
        {replacing && (
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen(replacing.id)}>
            {t("replaced_by", { number: replacing.number })}
          </Button>
        )}
      </p>
      <div className={css.words}>
        <Prose text={decision.text} mentions={[]} />
      </div>
      <dl className={css.facts}>
        <dt>{t("decided_on")}</dt>
        <dd>{longDay(`${decision.decided_on}T12:00:00`)}</dd>
        {decision.decided_by.length > 0 && (
          <>
            <dt>{t("decided_by")}</dt>
            <dd>{decision.decided_by.map((one) => one.name).join(", ")}</dd>
          </>
        )}
        <dt>{t("noted_by")}</dt>
        <dd>{t("noted", { name: decision.noted_by.name, date: fullDate(decision.created_at) })}</dd>
      </dl>
      <Origin origin={decision.origin} />
      {mayChange && (
        <div className={css.acts}>
          <Button variant="default" leftSection={<IconPencil size={18} stroke={1.75} />} onClick={() => setAsked("edit")}>
            {t("edit")}
          </Button>
          {decision.status === "adopted" ? (
            <>
              {others.length > 0 && (
                <Button variant="default" onClick={() => setAsked("replace")}>
                  {t("replace")}
                </Button>
              )}
              <Button variant="default" onClick={() => stand("cancelled")}>
                {t("cancel")}
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => stand("adopted")}>
              {t("readopt")}
            </Button>
          )}
        </div>
      )}
      <WhoHasAccess queryKey={["chat", "access", decision.channel_id]} scopeId={decision.channel_id} />
      {decision.version > 1 && <Changes decision={decision} />}
      {asked === "edit" && <DecisionDialog known={decision} onClose={() => setAsked(null)} onMade={() => setAsked(null)} />}
      {asked === "replace" && <Replace decision={decision} others={others} onClose={() => setAsked(null)} />}
    </DetailsPanel>
  );
}

function Changes({ decision }: { decision: Decision }): React.JSX.Element {
  const { t } = useTranslation("decisions");
  const { data, error } = useQuery(decisionChangesQuery(decision));
  return (
    <Section title={t("changes.title")}>
      <ProblemNote error={error} />
      <ul role="list" className={css.changes}>
        {data?.items.map((change) => (
          <li key={change.version}>
            <span className={css.meta}>{t("changes.by", { name: change.changed_by.name, date: fullDate(change.changed_at) })}</span>
            <span className={css.before}>{saidBefore(change, t)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a change took away, in words. */
function saidBefore({ before }: DecisionChange, t: TFunction<"decisions">): string {
  const parts: string[] = [];
  if (typeof before["text"] === "string") parts.push(t("changes.text", { text: plain(before["text"]) }));
  if (typeof before["decided_on"] === "string") parts.push(t("changes.day", { date: longDay(`${before["decided_on"]}T12:00:00`) }));
  if (typeof before["status"] === "string") parts.push(t("changes.status", { status: t(`status.${before["status"]}`) }));
  if ("decided_by" in before) parts.push(t("changes.people"));
  return parts.join(" ");
}

/** Which other decision takes its place. */
function Replace({ decision, others, onClose }: { decision: Decision; others: readonly Decision[]; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("decisions");
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const save = (event: React.FormEvent): void => {
    event.preventDefault();
    if (chosen === null) return;
    changeDecision(decision.id, decision.version, { replaced_by: chosen }).then((next) => {
      foldDecision(cache, next);
      onClose();
    }, setError);
  };
  return (
    <Modal opened onClose={onClose} title={t("replace")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={dialogs.form} onSubmit={save}>
        <Select
          label={t("replace_with")}
          required
          searchable
          data={others.map((one) => ({ value: one.id, label: t("option", { number: one.number, text: plain(one.text).slice(0, 80) }) }))}
          value={chosen}
          onChange={setChosen}
          nothingFoundMessage={t("replace_none")}
          data-autofocus
        />
        <ProblemNote error={error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" disabled={chosen === null}>
            {t("replace_do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
