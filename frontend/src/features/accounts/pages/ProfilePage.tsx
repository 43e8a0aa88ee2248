export default function ProfilePage(): React.JSX.Element {
  return <main id="main" />;
}
