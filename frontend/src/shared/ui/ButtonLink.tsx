import { Button, type ButtonProps } from "@mantine/core";
import { createLink, type LinkComponent } from "@tanstack/react-router";

interface AnchorProps extends ButtonProps, Omit<React.ComponentPropsWithRef<"a">, keyof ButtonProps> {}

function ButtonAnchor(props: AnchorProps): React.JSX.Element {
  return <Button component="a" {...props} />;
}

const Typed = createLink(ButtonAnchor);

/** A link that looks like a button: it goes somewhere, with a typed address. */
export const ButtonLink: LinkComponent<typeof ButtonAnchor> = (props) => <Typed preload="intent" {...props} />;
