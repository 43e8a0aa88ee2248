import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { factsQuery } from "../facts";

/** One document that waits to be sent, in a line. */
export default function NamedFile({ id }: { id: string }): React.JSX.Element {
  const { t } = useTranslation("files");
  const { data } = useQuery(factsQuery(id));
  if (data?.state !== "here") return <span>{!data ? t("loading") : data.state === "binned" ? t("binned") : t("hidden")}</span>;
  return (
    <>
      <FileIcon name={data.node.name} mediaType={data.node.media_type} />
      <span title={data.node.name}>{data.node.name}</span>
      <small>{byteSize(data.node.size)}</small>
    </>
  );
}
