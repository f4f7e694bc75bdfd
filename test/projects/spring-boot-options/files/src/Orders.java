class Orders {
}
