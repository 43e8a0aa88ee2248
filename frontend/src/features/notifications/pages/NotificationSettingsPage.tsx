export default function NotificationSettingsPage(): React.JSX.Element {
  return <div />;
}
