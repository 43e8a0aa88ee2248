export default function NewWorkspacePage(): React.JSX.Element {
  return <main id="main" />;
}
