import { Button } from "@mantine/core";
import { getDocument, GlobalWorkerOptions, PasswordException, type PDFDocumentProxy } from "pdfjs-dist";
import worker from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import css from "./Preview.module.css";

GlobalWorkerOptions.workerSrc = worker;
const STEP = 5;
const PATIENCE = 20_000;

/** Drawn by pdf.js on canvases, in a worker: nothing of the file runs. Pages come as one asks for them. */
export default function PdfPreview({ url }: { url: string }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [failure, setFailure] = useState<"preview.damaged" | "preview.password" | "preview.slow" | null>(null);
  const [shown, setShown] = useState(STEP);

  useEffect(() => {
    const task = getDocument({
      url,
      withCredentials: true,
      enableXfa: false,
      useWasm: false,
      stopAtErrors: false,
      maxImageSize: 50_000_000,
    });
    const timer = setTimeout(() => {
      setFailure("preview.slow");
      void task.destroy();
    }, PATIENCE);
    task.promise.then(
      (found) => {
        clearTimeout(timer);
        setPdf(found);
      },
      (error: unknown) => {
        clearTimeout(timer);
        setFailure((held) => held ?? (error instanceof PasswordException ? "preview.password" : "preview.damaged"));
      },
    );
    return () => {
      clearTimeout(timer);
      void task.destroy();
    };
  }, [url]);

  if (failure !== null) return <ErrorNote>{t(failure)}</ErrorNote>;
  if (!pdf) return <RowsSkeleton rows={5} />;
  const count = Math.min(shown, pdf.numPages);
  return (
    <div className={css.pages}>
      {Array.from({ length: count }, (_, index) => (
        <PdfPage key={index} pdf={pdf} number={index + 1} />
      ))}
      <p className={css.note}>{t("preview.pages", { shown: count, count: pdf.numPages })}</p>
      {count < pdf.numPages && (
        <Button variant="default" onClick={() => setShown(shown + STEP)}>
          {t("preview.more")}
        </Button>
      )}
    </div>
  );
}

function PdfPage({ pdf, number }: { pdf: PDFDocumentProxy; number: number }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const canvas = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    let over = false;
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const target = canvas.current;
      if (over || !target) return;
      const width = target.parentElement?.clientWidth ?? 300;
      const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(2, window.devicePixelRatio || 1);
      const viewport = page.getViewport({ scale });
      target.width = Math.floor(viewport.width);
      target.height = Math.floor(viewport.height);
      await page.render({ canvas: target, viewport }).promise;
      const text = await page.getTextContent();
      if (!over) setWords(text.items.map((item) => ("str" in item ? item.str : "")).join(" "));
    };
    draw().catch(() => undefined); // a page that cannot be drawn stays blank; the others are shown
    return () => {
      over = true;
    };
  }, [pdf, number]);
  return (
    <figure className={css.page}>
      <canvas ref={canvas} aria-hidden="true" />
      <figcaption className="visually-hidden">
        {t("preview.page", { number })} {words}
      </figcaption>
    </figure>
  );
}
