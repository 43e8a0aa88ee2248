import { Button, Menu } from "@mantine/core";
import { IconFile, IconFolder, IconFolderPlus, IconUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Dropped, fromFiles } from "../lib/dropped";
import css from "./DepositButtons.module.css";

interface Props {
  /** The empty place opens the same chooser. */
  files: React.RefObject<HTMLInputElement | null>;
  onFolder: () => void;
  onChosen: (dropped: Dropped) => void;
}

/** What brings something into the place: a folder, files, a whole folder of the computer. */
export function DepositButtons({ files, onFolder, onChosen }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const folders = useRef<HTMLInputElement>(null);
  const chosen = (event: React.ChangeEvent<HTMLInputElement>): void => {
    onChosen(fromFiles([...(event.currentTarget.files ?? [])]));
    event.currentTarget.value = "";
  };
  return (
    <>
      <Button className={css.wide} variant="default" leftSection={<IconFolderPlus size={18} stroke={1.75} />} onClick={onFolder}>
        {t("folder.new")}
      </Button>
      <Menu>
        <Menu.Target>
          <Button leftSection={<IconUpload size={18} stroke={1.75} />}>{t("upload")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFile size={18} stroke={1.75} />} onClick={() => files.current?.click()}>
            {t("upload_files")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFolder size={18} stroke={1.75} />} onClick={() => folders.current?.click()}>
            {t("upload_folder")}
          </Menu.Item>
          <Menu.Item className={css.narrow} leftSection={<IconFolderPlus size={18} stroke={1.75} />} onClick={onFolder}>
            {t("folder.new")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input ref={files} type="file" multiple hidden data-testid="files" onChange={chosen} />
      <input ref={folders} type="file" multiple hidden onChange={chosen} {...{ webkitdirectory: "" }} />
    </>
  );
}
