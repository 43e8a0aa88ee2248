export default function ForgottenPage(): React.JSX.Element {
  return <main id="main" />;
}
