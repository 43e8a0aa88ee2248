import { Button } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { setLanguage } from "../i18n";

/** For pages without an account: the page in the other language, named in that language. */
export function LanguageButton(): React.JSX.Element {
  const { t, i18n } = useTranslation("common");
  const other = i18n.language === "fr" ? "en" : "fr";
  return (
    <Button
      variant="subtle"
      size="sm"
      color="gray"
      lang={other}
      leftSection={<IconLanguage size={18} stroke={1.75} />}
      onClick={() => void setLanguage(other)}
    >
      {t("other_language")}
    </Button>
  );
}
