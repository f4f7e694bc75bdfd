console.log("tickets")
