import { Button, type ButtonProps } from "@mantine/core";
import { useRef } from "react";

interface Props extends Pick<ButtonProps, "leftSection" | "children"> {
  multiple?: boolean;
  /** At least one. The same file can be chosen again. */
  onChosen: (files: File[]) => void;
}

/** A quiet button that has files chosen on this computer. */
export function FileButton({ multiple = false, onChosen, ...button }: Props): React.JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple={multiple}
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) onChosen(files);
        }}
      />
      <Button variant="subtle" size="sm" onClick={() => input.current?.click()} {...button} />
    </>
  );
}
