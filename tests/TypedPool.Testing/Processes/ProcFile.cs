namespace TypedPool.Testing.Processes;

/// <summary>A file below /proc/&lt;pid&gt;; empty where the process has gone or may not be looked at.</summary>
internal static class ProcFile
{
    public static string Read(int id, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{name}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
