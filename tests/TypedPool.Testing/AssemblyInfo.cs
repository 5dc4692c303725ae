using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("TypedPool.Tests")]
