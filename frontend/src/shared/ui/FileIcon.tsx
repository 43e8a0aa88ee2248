import {
  type Icon, IconCode, IconFile, IconFileSpreadsheet, IconFileText, IconFileTypePdf, IconFileZip, IconFolder, IconLock, IconMail,
  IconMarkdown, IconMusic, IconPhoto, IconPresentationAnalytics, IconVideo,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./FileIcon.module.css";
import { type FileKind, fileKind } from "./fileKind";

const ICONS: Record<FileKind, Icon> = {
  folder: IconFolder, text: IconFileText, sheet: IconFileSpreadsheet, slides: IconPresentationAnalytics, pdf: IconFileTypePdf,
  image: IconPhoto, audio: IconMusic, video: IconVideo, archive: IconFileZip, code: IconCode, markdown: IconMarkdown, mail: IconMail,
  other: IconFile,
};

interface Props {
  name: string;
  mediaType?: string | null;
  folder?: boolean;
  /** A narrowed folder: the lock is on its icon. */
  locked?: boolean;
  size?: 18 | 20 | 24;
  /** When the kind is not written beside it. */
  labelled?: boolean;
}

/** What a file is, by its type or its name. */
export function FileIcon({ name, mediaType = null, folder = false, locked = false, size = 20, labelled = false }: Props): React.JSX.Element {
  const { t } = useTranslation("common");
  const kind = folder ? "folder" : fileKind(name, mediaType);
  const Glyph = ICONS[kind];
  return (
    <span className={css.icon} data-kind={kind}>
      <Glyph size={size} stroke={1.75} aria-hidden="true" />
      {locked && <IconLock className={css.lock} size={11} stroke={2.25} aria-hidden="true" />}
      {labelled && <span className="visually-hidden">{t(`file.${kind}`)}</span>}
    </span>
  );
}
