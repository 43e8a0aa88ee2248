export default function SetUpPage(): React.JSX.Element {
  return <main id="main" />;
}
