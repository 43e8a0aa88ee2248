import ShelfPage from "./ShelfPage";

export default function FavouritesPage(): React.JSX.Element {
  return <ShelfPage view="favoris" />;
}
