import { Button } from "@mantine/core";
import { IconCircleCheck, IconLink, IconMessage2, IconPencil, IconRotate, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { fullDate } from "../../../shared/lib/dates";
import { newId } from "../../../shared/lib/ids";
import type { Mentionable } from "../../../shared/prose/MentionField";
import { plain } from "../../../shared/prose/markdown";
import { Prose } from "../../../shared/prose/Prose";
import { useMe } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { cx } from "../../../shared/ui/cx";
import { DateTime } from "../../../shared/ui/DateTime";
import { PersonAvatar } from "../../../shared/ui/PersonAvatar";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { GuestTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { addComment, type Comment, type CommentAbilities, commentFolds, deleteComment, editComment, heldComment, settleComment, type Thread } from "../comments";
import { CommentBox } from "./CommentBox";
import css from "./Comments.module.css";

interface Shared {
  nodeId: string;
  /** The present version of the document; 0 without one. */
  present: number;
  may: CommentAbilities;
  people: readonly Mentionable[];
  wanted: string | undefined;
  onVersion: (number: number) => void;
}

/** A remark with its answers. Drawn again only when something of it changed: there may be hundreds. */
export const CommentThread = memo(ThreadItem, ({ thread: a, ...before }, { thread: b, ...after }) => {
  const same = a.root === b.root && a.answers.length === b.answers.length && a.answers.every((one, index) => one === b.answers[index]);
  return same && (Object.keys(after) as (keyof Shared)[]).every((key) => before[key] === after[key]);
});

function ThreadItem({ thread, ...shared }: Shared & { thread: Thread }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { nodeId, present, may, people } = shared;
  const { root, answers } = thread;
  const [answering, setAnswering] = useState(false);
  const resolved = root.resolved_at !== null;
  const settle = (): void => {
    settleComment(root, !resolved).then(
      (next) => {
        commentFolds.changed(cache, next);
        toast(t(resolved ? "comments.reopened" : "comments.settled"));
      },
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  };
  const name = root.deleted_at === null ? t("comments.of", { name: root.author.name, text: plain(root.text).slice(0, 40) }) : t("comments.deleted");
  return (
    <li className={cx(css.thread, resolved && css.settled)}>
      <CommentRow {...shared} comment={root} />
      {answers.length > 0 && (
        <ol role="list" className={css.answers} aria-label={t("comments.answers", { name })}>
          {answers.map((one) => (
            <li key={one.id}>
              <CommentRow {...shared} comment={one} />
            </li>
          ))}
        </ol>
      )}
      {root.resolved_at !== null && root.resolved_by && (
        <p className={css.state}>
          <IconCircleCheck size={16} stroke={1.75} aria-hidden="true" />
          {t("comments.resolved_by", { name: root.resolved_by.name })} <DateTime at={root.resolved_at} />
        </p>
      )}
      {answering && (
        <CommentBox
          people={people}
          label={t("comments.answer_to", { name })}
          placeholder={t("comments.answer")}
          verb={t("comments.send_answer")}
          focusFirst
          onCancel={() => setAnswering(false)}
          onSend={async ({ text, mentions }) => {
            const said = { id: newId(), text, mentions, quote: "", thread_id: root.id, ...(present > 0 && { number: present }) };
            commentFolds.changed(cache, await addComment(nodeId, said));
            setAnswering(false);
          }}
        />
      )}
      {!answering && (may.write || may.resolve) && (
        <div className={css.acts}>
          {may.write && (
            <Button variant="subtle" size="sm" leftSection={<IconMessage2 size={18} stroke={1.75} />} aria-label={t("comments.answer_to", { name })} onClick={() => setAnswering(true)}>
              {t("comments.answer")}
            </Button>
          )}
          {may.resolve && (
            <Button
              variant="subtle"
              size="sm"
              leftSection={resolved ? <IconRotate size={18} stroke={1.75} /> : <IconCircleCheck size={18} stroke={1.75} />}
              aria-label={t(resolved ? "comments.reopen_this" : "comments.resolve_this", { name })}
              onClick={settle}
            >
              {t(resolved ? "comments.reopen" : "comments.resolve")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function CommentRow({ comment, present, may, people, wanted, onVersion }: Shared & { comment: Comment }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const me = useMe();
  const [base, setBase] = useState<Comment | null>(null);
  const { author, number } = comment;
  const older = number !== null && number < present;
  const lit = wanted === comment.id;
  if (comment.deleted_at !== null) {
    return (
      <p className={css.gone} data-comment={comment.id} tabIndex={-1}>
        {t("comments.deleted")}
      </p>
    );
  }
  return (
    <article className={cx(css.row, lit && css.lit)} data-comment={comment.id} tabIndex={-1} aria-label={t("comments.by", { name: author.name })}>
      <PersonAvatar person={author} size={28} />
      <div className={css.body}>
        <div className={css.head}>
          <strong className={css.name}>{author.name}</strong>
          {author.guest && <GuestTag />}
          <DateTime at={comment.created_at} className={css.time} />
          {comment.edited_at !== null && (
            <span className={css.time} title={t("comments.edited_on", { date: fullDate(comment.edited_at) })}>
              {t("comments.edited")}
            </span>
          )}
        </div>
        {(older || comment.page !== null) && (
          <p className={css.where}>
            {older && (
              <button type="button" className={css.version} onClick={() => onVersion(number)}>
                {t("comments.on_version", { number })}
              </button>
            )}
            {comment.page !== null && <span>{t("comments.on_page", { number: comment.page })}</span>}
          </p>
        )}
        {comment.quote !== "" && <blockquote className={css.quote}>{comment.quote}</blockquote>}
        {base ? <Edit base={base} setBase={setBase} people={people} /> : <Prose text={comment.text} mentions={comment.mentions} />}
      </div>
      {!base && <Actions comment={comment} rights={author.id === me.id ? may.own : may.others} onEdit={() => setBase(comment)} />}
    </article>
  );
}

/** In the place of the words. A lost race shows that somebody was quicker; sending again wins knowingly. */
function Edit({ base, setBase, people }: { base: Comment; setBase: (base: Comment | null) => void; people: readonly Mentionable[] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  return (
    <CommentBox
      people={people}
      text={base.text}
      label={t("comments.edit")}
      placeholder={t("comments.edit")}
      verb={t("common:save")}
      focusFirst
      onCancel={() => setBase(null)}
      onSend={async ({ text, mentions }) => {
        try {
          commentFolds.changed(cache, await editComment(base, text, mentions));
          setBase(null);
        } catch (problem) {
          const current = isProblem(problem) && problem.status === 412 ? (problem.errors["current"] as Comment | undefined) : undefined;
          if (current) {
            commentFolds.changed(cache, current);
            setBase({ ...current, text: base.text });
          }
          throw problem;
        }
      }}
    />
  );
}

function Actions({ comment, rights, onEdit }: { comment: Comment; rights: CommentAbilities["own"]; onEdit: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const copyLink = (): void => {
    const link = new URL(window.location.href);
    link.searchParams.set("doc", comment.node_id);
    link.searchParams.set("commentaire", comment.id);
    navigator.clipboard.writeText(link.href).then(
      () => toast(t("comments.link_copied")),
      () => toast(t("comments.link_not_copied")),
    );
  };
  const remove = (): void =>
    confirm({
      title: t("comments.delete_title"),
      consequence: t("comments.delete_text"),
      verb: t("comments.delete_verb"),
      act: async () => {
        await deleteComment(comment);
        const left = heldComment(cache, comment.id); // with answers below a trace stays: its frame says so
        if (left?.deleted_at === null && comment.thread_id !== null) commentFolds.removed(cache, { id: comment.id, parent_id: comment.node_id });
      },
    });
  const actions: RowAction[] = [{ key: "link", label: t("comments.copy_link"), icon: IconLink, onSelect: copyLink }];
  if (rights.edit) actions.push({ key: "edit", label: t("comments.edit"), icon: IconPencil, onSelect: onEdit });
  if (rights.delete) actions.push({ key: "delete", label: t("comments.delete_verb"), icon: IconTrash, danger: true, onSelect: remove });
  return <RowMenu name={t("comments.of", { name: comment.author.name, text: plain(comment.text).slice(0, 40) })} actions={actions} />;
}
