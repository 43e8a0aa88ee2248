import { Button, Checkbox, Modal, MultiSelect, Radio } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../shared/api/errors";
import { newId } from "../../../shared/lib/ids";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Form, useSubmission } from "../../../shared/ui/Form";
import { toast } from "../../../shared/ui/toast";
import { accessQuery, type Node } from "../api";
import { type Approval, askApproval, heardApproval, MOST_PEOPLE } from "../approvals";
import { dayIn } from "../shares";
import { DueFields } from "./DueFields";

const DAYS = 7;

interface Props {
  node: Node;
  /** Asked again: the same people and words, about the present version. */
  again?: Approval | undefined;
  onClose: () => void;
}

/** Ask people who see the document to approve its present version, or to confirm that they have read it. */
export function ApprovalDialog({ node, again, onClose }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(accessQuery(node));
  const [id] = useState(() => newId());
  const [purpose, setPurpose] = useState<"approve" | "read">(again?.purpose ?? "approve");
  const [people, setPeople] = useState<string[]>(again?.asked.filter((line) => line.state !== "lost").map((line) => line.person.id) ?? []);
  const [due, setDue] = useState(dayIn(DAYS));
  const [inOrder, setInOrder] = useState(again?.in_order ?? false);
  const [message, setMessage] = useState(again?.message ?? "");
  const submission = useSubmission<Approval>();
  const choices = (data?.access.people ?? []).map(({ person, guest }) => ({
    value: person.id,
    label: guest ? t("approval.guest", { name: person.name }) : person.name,
  }));
  const known = new Map(choices.map((choice) => [choice.value, choice.label]));
  const chosen = data ? people.filter((one) => known.has(one)) : people;
  const ordered = purpose === "approve" && inOrder && chosen.length > 1;
  const send = async (): Promise<void> => {
    if (chosen.length === 0 || due === "") return;
    const body = { id, number: node.content_version, purpose, people: chosen, due, in_order: ordered, message };
    const saved = await submission.run(() => askApproval(node.id, body));
    if (!saved) return;
    heardApproval(cache, saved);
    toast(t("approval.asked", { count: chosen.length }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("approval.ask_title", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <Form onSubmit={send}>
        <p className={dialogs.text}>{t("approval.about", { number: node.content_version })}</p>
        <Radio.Group value={purpose} onChange={(value) => setPurpose(value as "approve" | "read")} label={t("approval.what_for")}>
          <div className={dialogs.stack}>
            <Radio value="approve" label={t("approval.purpose.approve")} description={t("approval.purpose.approve_hint")} />
            <Radio value="read" label={t("approval.purpose.read")} description={t("approval.purpose.read_hint")} />
          </div>
        </Radio.Group>
        <ProblemNote error={error} />
        <MultiSelect
          label={t("approval.people")}
          description={t("approval.people_hint")}
          placeholder={chosen.length === 0 ? t("approval.people_choose") : ""}
          data={choices}
          value={chosen}
          onChange={setPeople}
          searchable
          maxValues={MOST_PEOPLE}
          disabled={isPending}
          nothingFoundMessage={t("approval.nobody")}
          error={fieldError(submission.error, "people", t)}
        />
        {purpose === "approve" && (
          <Checkbox
            label={t("approval.in_order")}
            description={ordered ? t("approval.order_is", { names: chosen.map((one, place) => `${place + 1}. ${known.get(one) ?? ""}`).join(", ") }) : t("approval.in_order_hint")}
            checked={inOrder}
            onChange={(event) => setInOrder(event.currentTarget.checked)}
          />
        )}
        <DueFields due={due} onDue={setDue} message={message} onMessage={setMessage} error={submission.error} />
        <ProblemNote error={submission.error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={submission.busy} disabled={chosen.length === 0 || due === ""}>
            {t("approval.send_request")}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
