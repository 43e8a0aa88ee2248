import ShelfPage from "./ShelfPage";

export default function ActivityPage(): React.JSX.Element {
  return <ShelfPage view="activite" />;
}
