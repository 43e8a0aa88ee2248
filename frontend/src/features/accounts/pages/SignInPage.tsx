export default function SignInPage(): React.JSX.Element {
  return <main id="main" />;
}
