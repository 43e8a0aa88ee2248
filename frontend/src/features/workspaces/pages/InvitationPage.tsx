export default function InvitationPage(): React.JSX.Element {
  return <main id="main" />;
}
