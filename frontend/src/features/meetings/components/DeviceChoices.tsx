import { NativeSelect } from "@mantine/core";
import { IconMicrophone, IconVideo, IconVolume } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { canChooseSpeaker, type DeviceKind } from "../call/devices";
import type { LocalMedia } from "../call/local";
import { useStore } from "../hooks/useStore";
import css from "./Prejoin.module.css";
import { LevelMeter } from "./LevelMeter";

const ICONS = { microphone: IconMicrophone, camera: IconVideo, speaker: IconVolume };

/** Which microphone, loudspeaker and camera; remembered on this computer. */
export function DeviceChoices({ media }: { media: LocalMedia }): React.JSX.Element {
  const kinds: DeviceKind[] = canChooseSpeaker() ? ["microphone", "speaker", "camera"] : ["microphone", "camera"];
  return (
    <div className={css.devices}>
      {kinds.map((kind) => (
        <DeviceChoice key={kind} kind={kind} media={media} />
      ))}
    </div>
  );
}

function DeviceChoice({ kind, media }: { kind: DeviceKind; media: LocalMedia }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  const state = useStore(media.state);
  const devices = state.devices[kind];
  const Glyph = ICONS[kind];
  const options = devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || t("device.unnamed", { kind: t(`device.${kind}`), number: index + 1 }),
  }));
  const none = options.length === 0;
  return (
    <div>
      <NativeSelect
        size="lg"
        label={t(`device.${kind}`)}
        leftSection={<Glyph size={18} stroke={1.75} aria-hidden="true" />}
        data={none ? [{ value: "", label: t("device.usual") }] : options}
        value={devices.some((device) => device.deviceId === state.chosen[kind]) ? state.chosen[kind] ?? "" : options[0]?.value ?? ""}
        disabled={none}
        onChange={(event) => void media.choose(kind, event.currentTarget.value)}
      />
      {kind === "microphone" && <LevelMeter media={media} />}
    </div>
  );
}
