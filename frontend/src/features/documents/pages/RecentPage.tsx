import ShelfPage from "./ShelfPage";

export default function RecentPage(): React.JSX.Element {
  return <ShelfPage view="recents" />;
}
