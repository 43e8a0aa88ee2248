export default function ConfirmEmailPage(): React.JSX.Element {
  return <main id="main" />;
}
