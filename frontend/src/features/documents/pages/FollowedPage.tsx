import ShelfPage from "./ShelfPage";

export default function FollowedPage(): React.JSX.Element {
  return <ShelfPage view="suivis" />;
}
