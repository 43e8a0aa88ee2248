import { Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconChevronDown, IconLanguage, IconLogout, IconMoon, IconSettings, IconShieldLock, IconSun, IconUser } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { changeMe, keys, signOut } from "../../features/accounts/api";
import { forgetChat } from "../../features/chat/lib/store";
import { sentenceFor } from "../../shared/api/errors";
import { setLanguage } from "../../shared/i18n";
import { useConnection } from "../../shared/live/store";
import { useMe } from "../../shared/session/session";
import { PersonAvatar } from "../../shared/ui/PersonAvatar";
import { toast } from "../../shared/ui/toast";
import { forgetFrame } from "../offlineStart";
import { queryClient } from "../queryClient";
import { dismissWorker } from "../worker";
import css from "./UserMenu.module.css";

/** Me: profile, settings, light or dark, language, sign out. */
export function UserMenu(): React.JSX.Element {
  const me = useMe();
  const { live } = useConnection();
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = me.language === "fr" ? "en" : "fr";

  const leave = async (): Promise<void> => {
    try {
      await signOut();
      await dismissWorker().catch(() => undefined);
      await navigate({ to: "/connexion" });
      queryClient.clear();
      // last, when no page is left that would keep something again (R-45)
      forgetFrame();
      await forgetChat().catch(() => undefined); // drafts and unsent messages of this browser
    } catch (error) {
      toast(sentenceFor(error, t));
    }
  };
  const speak = async (): Promise<void> => {
    try {
      queryClient.setQueryData(keys.me, await changeMe({ language: other }));
      await setLanguage(other);
    } catch (error) {
      toast(sentenceFor(error, t));
    }
  };
  return (
    <Menu width={260} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={css.me}>
          <span className="visually-hidden">{t("me.menu", { name: me.name })}</span>
          <PersonAvatar person={me} size={32} presence={live ? "online" : null} />
          <IconChevronDown className={css.chevron} size={16} stroke={1.75} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.who}>
          <span className={css.name}>{me.name}</span>
          <span>{me.email ?? me.identifier}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={18} stroke={1.75} />} onClick={() => void navigate({ to: "/parametres/profil" })}>
          {t("me.profile")}
        </Menu.Item>
        <Menu.Item leftSection={<IconShieldLock size={18} stroke={1.75} />} onClick={() => void navigate({ to: "/parametres/securite" })}>
          {t("me.security")}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={18} stroke={1.75} />} onClick={() => void navigate({ to: "/parametres/apparence" })}>
          {t("me.settings")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={scheme === "dark" ? <IconSun size={18} stroke={1.75} /> : <IconMoon size={18} stroke={1.75} />}
          onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
        >
          {scheme === "dark" ? t("me.light") : t("me.dark")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLanguage size={18} stroke={1.75} />} onClick={() => void speak()} lang={other}>
          {t("me.other_language")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.75} />} onClick={() => void leave()}>
          {t("me.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
