import { IconInbox, IconLink, IconListDetails, IconPencil, IconPlayerStop, IconCopy } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { fullDate } from "../../../shared/lib/dates";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { StateTag } from "../../../shared/ui/Tags";
import { toast } from "../../../shared/ui/toast";
import { addressOf, type Share, shareKeys, stopShare } from "../shares";
import css from "./Share.module.css";
import { ShareDialog } from "./ShareDialog";
import { ShareUses } from "./ShareUses";

type Ask = { what: "change" | "uses"; share: Share } | null;

/** Links with what each is for, until when, how often it served; one click stops it. `named`: say of which object. */
export function ShareList({ shares, label, named = false }: { shares: readonly Share[]; label: string; named?: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const [ask, setAsk] = useState<Ask>(null);
  const copy = async (share: Share): Promise<void> => {
    try {
      const url = await addressOf(share.id);
      if (url === null) throw new Error("the server's key has changed");
      await navigator.clipboard.writeText(url);
      toast(t("share.copied"));
    } catch (error) {
      toast(error instanceof Error && error.message.includes("key") ? t("share.no_address") : sentenceFor(error, t));
    }
  };
  const stop = (share: Share): void =>
    confirm({
      title: t("share.stop_title"),
      consequence: t("share.stop_text"),
      verb: t("share.stop"),
      act: async () => {
        await stopShare(share.id);
        await cache.invalidateQueries({ queryKey: shareKeys.all });
        toast(t("share.stopped_done"));
      },
    });
  const actionsFor = (share: Share): RowAction[] => {
    if (!share.may_manage) return [];
    const living = share.state !== "stopped";
    const all: (RowAction | false)[] = [
      living && { key: "copy", label: t("share.copy"), icon: IconCopy, onSelect: () => void copy(share) },
      { key: "uses", label: t("share.uses"), icon: IconListDetails, onSelect: () => setAsk({ what: "uses", share }) },
      living && { key: "change", label: t("share.change"), icon: IconPencil, onSelect: () => setAsk({ what: "change", share }) },
      living && { key: "stop", label: t("share.stop"), icon: IconPlayerStop, onSelect: () => stop(share), danger: true },
    ];
    return all.filter((one): one is RowAction => one !== false);
  };
  return (
    <>
      <ul role="list" className={css.list} aria-label={label}>
        {shares.map((share) => (
          <Line key={share.id} share={share} named={named} actions={actionsFor(share)} />
        ))}
      </ul>
      {ask?.what === "change" && <ShareDialog share={ask.share} onClose={() => setAsk(null)} />}
      {ask?.what === "uses" && <ShareUses share={ask.share} onClose={() => setAsk(null)} />}
    </>
  );
}

function Line({ share, named, actions }: { share: Share; named: boolean; actions: RowAction[] }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const Glyph = share.mode === "drop" ? IconInbox : IconLink;
  const object = share.name ?? t("share.hidden");
  const own = share.label === "" ? t(`share.mode.${share.mode}`) : share.label;
  const title = named ? `${object}${share.label === "" ? "" : ` · ${share.label}`}` : own;
  return (
    <li className={css.row} data-state={share.state}>
      <Glyph size={18} stroke={1.75} className={css.icon ?? ""} aria-hidden="true" />
      <span className={css.words}>
        <span className={css.title}>
          {title}
          <State share={share} />
        </span>
        <span className={css.meta}>
          {(named || share.label !== "") && `${t(`share.mode.${share.mode}`)} · `}
          {share.created_by.name}
          {share.protected && ` · ${t("share.protected")}`}
          {" · "}
          {share.max_uses === null ? t("share.used", { count: share.uses }) : t("share.used_of", { count: share.uses, most: share.max_uses })}
        </span>
        <span className={css.meta}>
          {share.state === "stopped" ? (
            <>
              {t(`share.why.${share.stop_reason === "" ? "by_hand" : share.stop_reason}`, { name: share.stopped_by?.name ?? "" })}
              {share.stopped_at !== null && (
                <>
                  {" · "}
                  <DateTime at={share.stopped_at} />
                </>
              )}
            </>
          ) : (
            t(share.state === "expired" ? "share.ended" : "share.until", { date: fullDate(share.expires_at) })
          )}
        </span>
      </span>
      <RowMenu name={title} actions={actions} />
    </li>
  );
}

function State({ share }: { share: Share }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  const tone = { active: "ok", expired: "warn", exhausted: "warn", stopped: "neutral" } as const;
  return <StateTag tone={tone[share.state]}>{t(`share.state.${share.state}`)}</StateTag>;
}
