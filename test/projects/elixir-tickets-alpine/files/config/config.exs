import Config

config :tickets, TicketsWeb.Endpoint, adapter: Bandit.PhoenixAdapter
import_config "prod.exs"
