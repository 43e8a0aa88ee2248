import { Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AddKnownPerson } from "./AddKnownPerson";
import { InviteByMail } from "./InviteByMail";

/** Somebody known is in at once; somebody else receives a mail. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const [way, setWay] = useState("mail");
  return (
    <Modal opened={opened} onClose={onClose} title={t("invite.title")} size="520px" closeButtonProps={{ "aria-label": t("common:close") }}>
      <SegmentedControl
        fullWidth
        mb="lg"
        aria-label={t("invite.way")}
        data={[
          { value: "mail", label: t("invite.by_mail") },
          { value: "known", label: t("invite.known") },
        ]}
        value={way}
        onChange={setWay}
      />
      {way === "mail" ? <InviteByMail onClose={onClose} /> : <AddKnownPerson onClose={onClose} />}
    </Modal>
  );
}
