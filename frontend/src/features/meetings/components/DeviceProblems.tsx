import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import type { LocalMedia } from "../call/local";
import { useStore } from "../hooks/useStore";

/** Why a device cannot be used, and the way out; each reason has its own sentence. */
export function DeviceProblems({ media }: { media: LocalMedia }): React.JSX.Element | null {
  const { t } = useTranslation("meetings");
  const { problems, replaced } = useStore(media.state);
  const { microphone, camera } = problems;
  if (microphone !== null && microphone === camera) {
    const again = microphone === "insecure" || microphone === "unsupported" ? null : () => void media.setMicrophone(true).then(() => media.setCamera(true));
    return <Refused sentence={t(`problem.both.${microphone}`)} again={again} />;
  }
  return (
    <>
      {microphone !== null && <Refused sentence={t(`problem.microphone.${microphone}`)} again={() => void media.setMicrophone(true)} />}
      {camera !== null && <Refused sentence={t(`problem.camera.${camera}`)} again={() => void media.setCamera(true)} />}
      {replaced !== null && <p role="status">{t(`replaced.${replaced}`)}</p>}
    </>
  );
}

function Refused({ sentence, again }: { sentence: string; again: (() => void) | null }): React.JSX.Element {
  const { t } = useTranslation("meetings");
  return (
    <ErrorNote
      action={
        again && (
          <Button variant="default" size="sm" onClick={again}>
            {t("problem.again")}
          </Button>
        )
      }
    >
      {sentence}
    </ErrorNote>
  );
}
