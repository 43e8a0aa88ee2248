import { Button, CopyButton, Modal } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { figures, pathOf, reasonOf, reportText } from "../lib/report";
import { summaryOf } from "../lib/summary";
import { type Line, retryFailed } from "../lib/uploads";
import css from "./UploadReport.module.css";

const SHOWN = 200;

/** What became of everything: figures, each failure with its reason, and the whole as a text. */
export function UploadReport({ lines, onClose }: { lines: readonly Line[]; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const failed = lines.filter((line) => line.state === "refused");
  const text = (): string => reportText(lines, workspace.name, t);
  const download = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text()], { type: "text/plain;charset=utf-8" }));
    link.download = `${t("report.file")}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t("report.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={dialogs.stack}>
        <ul role="list" className={css.figures}>
          {figures(summaryOf(lines), t).map((figure) => (
            <li key={figure}>{figure}</li>
          ))}
        </ul>
        {failed.length > 0 && (
          <section aria-labelledby="report-failed">
            <h3 id="report-failed" className={css.title}>
              {t("report.list_refused")}
            </h3>
            {/* scrolls by keyboard too */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <ul role="list" className={css.failed} tabIndex={0} aria-labelledby="report-failed">
              {failed.slice(0, SHOWN).map((line) => (
                <li key={line.id}>
                  <span className={css.path}>{pathOf(line)}</span>
                  <span className={css.reason}>{reasonOf(line, t)}</span>
                </li>
              ))}
              {failed.length > SHOWN && <li>{t("tray.others", { count: failed.length - SHOWN })}</li>}
            </ul>
          </section>
        )}
        <div className={dialogs.buttons}>
          <CopyButton value={text()}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                {t(copied ? "common:copied" : "common:copy")}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={download} leftSection={<IconDownload size={16} />}>
            {t("report.download")}
          </Button>
          {failed.length > 0 && (
            <Button
              leftSection={<IconRefresh size={16} />}
              onClick={() => {
                retryFailed(workspace.id);
                onClose();
              }}
            >
              {t("tray.retry_failed")}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
