import { Button } from "@mantine/core";
import { IconPhoneOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";
import type { Ending } from "../call/call";
import css from "./Meetings.module.css";

const MAY_RETURN: Ending[] = ["left", "replaced", "failed", "full"];

/** After a call: what happened and where to go. */
export function Over({ title, ending, onReturn }: { title: string; ending: Ending; onReturn: () => void }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const workspace = useWorkspace();
  return (
    <Page>
      <PageHeader title={title} />
      <EmptyState icon={IconPhoneOff} title={t(`over.${ending}.title`)} hint={t(`over.${ending}.hint`)}>
        <div className={css.after}>
          {MAY_RETURN.includes(ending) && <Button onClick={onReturn}>{ending === "failed" ? t("over.retry") : t("over.return")}</Button>}
          <Button variant="default" renderRoot={(props) => <Link to="/w/$slug/reunions" params={{ slug: workspace.slug }} {...props} />}>
            {t("over.list")}
          </Button>
        </div>
      </EmptyState>
    </Page>
  );
}
