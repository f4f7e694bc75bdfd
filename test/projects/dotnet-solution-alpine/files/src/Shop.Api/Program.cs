var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => Shop.Core.Price.Format(1));
app.Run();
