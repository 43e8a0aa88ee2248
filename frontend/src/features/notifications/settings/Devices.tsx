import { Button } from "@mantine/core";
import { IconDeviceLaptop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { DateTime } from "../../../shared/ui/DateTime";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Section } from "../../../shared/ui/Page";
import { toast } from "../../../shared/ui/toast";
import { keys, pushQuery, removePush, tryPush } from "../api";
import { PushRefused, type PushState, startPush, stateOfPush, stopPush } from "../lib/push";
import css from "./Settings.module.css";

/** Which of my browsers are told when Plano is closed; this one is added or removed here. */
export function Devices(): React.JSX.Element {
  const { t } = useTranslation("wishes");
  const me = useMe();
  const cache = useQueryClient();
  const { data, error } = useQuery(pushQuery);
  const [state, setState] = useState<PushState | null>(null);
  const refresh = async (): Promise<void> => {
    setState(await stateOfPush(me.id));
    await cache.invalidateQueries({ queryKey: keys.push });
  };
  useEffect(() => {
    let gone = false;
    void stateOfPush(me.id).then((found) => {
      if (!gone) setState(found);
    });
    return () => {
      gone = true;
    };
  }, [me.id]);
  const start = useMutation({ mutationFn: (key: string) => startPush(me.id, key), onSettled: refresh });
  const remove = useMutation({
    mutationFn: async (device: { id: string; current: boolean }) => {
      if (device.current) await stopPush();
      await removePush(device.id);
    },
    onSettled: refresh,
  });
  const attempt = useMutation({ mutationFn: tryPush, onSuccess: ({ taken }) => toast(t(taken ? "devices.tried" : "devices.not_tried")), onSettled: refresh });
  const here = data?.devices.some((one) => one.current) === true && state === "on";
  return (
    <Section title={t("devices.title")}>
      <p className={css.text}>{t("devices.lead")}</p>
      <ProblemNote error={error} />
      {data && !data.enabled && <p className={css.note}>{t("devices.host_off")}</p>}
      {data?.enabled && state === "unsupported" && <p className={css.note}>{t("devices.unsupported")}</p>}
      {data?.enabled && (state === "refused" || start.error instanceof PushRefused) && <p className={css.note}>{t("devices.refused")}</p>}
      {data && data.devices.length > 0 && (
        <ul role="list" className={css.devices}>
          {data.devices.map((device) => (
            <li key={device.id} className={css.device}>
              <IconDeviceLaptop size={20} stroke={1.75} aria-hidden="true" />
              <span className={css.words}>
                <span className={css.name}>
                  {device.device || t("devices.unnamed")}
                  {device.current && ` · ${t("devices.current")}`}
                </span>
                <span className={css.hint}>
                  {t("devices.since")} <DateTime at={device.created_at} />
                </span>
              </span>
              {data.enabled && (
                <Button variant="default" size="sm" loading={attempt.isPending && attempt.variables === device.id} onClick={() => attempt.mutate(device.id)}>
                  {t("devices.try")}
                </Button>
              )}
              <Button variant="subtle" size="sm" aria-label={t("devices.remove_this", { name: device.device })} onClick={() => remove.mutate(device)}>
                {t("devices.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && data.key !== null && state === "off" && !here && (
        <Button loading={start.isPending} onClick={() => data.key !== null && start.mutate(data.key)}>
          {t("devices.add")}
        </Button>
      )}
      <ProblemNote error={start.error instanceof PushRefused ? null : (start.error ?? remove.error ?? attempt.error)} />
    </Section>
  );
}
