import { Modal, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Search from anywhere: `/` or Ctrl K. */
export function SearchPalette({ opened, onClose }: { opened: boolean; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const [text, setText] = useState("");
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} size="680px" centered={false} aria-label={t("search.label")}>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "") return;
          onClose();
          void navigate({ to: "/recherche", search: { q: text.trim() } });
        }}
      >
        <TextInput
          data-autofocus
          size="lg"
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          leftSection={<IconSearch size={20} stroke={1.75} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </Modal>
  );
}
