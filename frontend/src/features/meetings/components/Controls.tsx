import { Menu } from "@mantine/core";
import {
  type Icon,
  IconDots,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconUsers,
  IconVideo,
  IconVideoOff,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./Call.module.css";

interface Props {
  microphone: boolean;
  camera: boolean;
  sharing: boolean;
  canShare: boolean;
  people: boolean;
  count: number;
  onMicrophone: () => void;
  onCamera: () => void;
  onShare: () => void;
  onPeople: () => void;
  onLeave: () => void;
  onEnd: (() => void) | null;
}

/** What can be done in the call, in words under each sign; leaving is apart and red. */
export function Controls(props: Props): React.JSX.Element {
  const { t } = useTranslation("meetings");
  return (
    <div className={css.controls} role="toolbar" aria-label={t("call.controls")}>
      <Control
        icon={props.microphone ? IconMicrophone : IconMicrophoneOff}
        label={t("call.microphone")}
        state={props.microphone ? t("call.is_on") : t("call.is_off")}
        pressed={props.microphone}
        tone={props.microphone ? "plain" : "off"}
        keys="M"
        onClick={props.onMicrophone}
      />
      <Control
        icon={props.camera ? IconVideo : IconVideoOff}
        label={t("call.camera")}
        state={props.camera ? t("call.is_on") : t("call.is_off")}
        pressed={props.camera}
        tone={props.camera ? "plain" : "off"}
        keys="C"
        onClick={props.onCamera}
      />
      {props.canShare && (
        <Control
          icon={props.sharing ? IconScreenShareOff : IconScreenShare}
          label={props.sharing ? t("call.unshare") : t("call.share")}
          pressed={props.sharing}
          tone={props.sharing ? "selected" : "plain"}
          onClick={props.onShare}
        />
      )}
      <Control
        icon={IconUsers}
        label={t("call.participants")}
        state={t("call.count", { count: props.count })}
        pressed={props.people}
        tone={props.people ? "selected" : "plain"}
        onClick={props.onPeople}
      />
      {props.onEnd && (
        <Menu position="top">
          <Menu.Target>
            <button type="button" className={css.control}>
              <span className={css.sign}>
                <IconDots size={20} stroke={1.75} aria-hidden="true" />
              </span>
              <span>{t("call.more")}</span>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item data-danger leftSection={<IconPhoneOff size={18} stroke={1.75} />} onClick={props.onEnd}>
              {t("call.end_for_all")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <button type="button" className={css.control} data-tone="leave" onClick={props.onLeave}>
        <span className={css.sign}>
          <IconPhoneOff size={20} stroke={1.75} aria-hidden="true" />
        </span>
        <span>{t("call.leave")}</span>
      </button>
    </div>
  );
}

interface ControlProps {
  icon: Icon;
  label: string;
  state?: string;
  pressed: boolean;
  tone: "plain" | "off" | "selected";
  keys?: string;
  onClick: () => void;
}

function Control({ icon: Glyph, label, state, pressed, tone, keys, onClick }: ControlProps): React.JSX.Element {
  return (
    <button type="button" className={css.control} data-tone={tone} aria-pressed={pressed} aria-keyshortcuts={keys} onClick={onClick}>
      <span className={css.sign}>
        <Glyph size={20} stroke={1.75} aria-hidden="true" />
      </span>
      <span>{label}</span>
      {state !== undefined && <span className="visually-hidden">{state}</span>}
    </button>
  );
}
