"""Work after the response: durable rows, one door to the queue library."""
